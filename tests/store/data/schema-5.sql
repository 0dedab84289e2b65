PRAGMA application_id=1347175001;
PRAGMA user_version=5;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE client (
                id text primary key, slug text not null unique, name text not null, search text not null,
                open_runs integer not null default 0, next_due text, added_at text not null, data text not null, last_face text, last_voice text, quiet_on text);
INSERT INTO "client" VALUES('86100d195a9db5e449711d4d558fe1ec','acme-studio','Acmé Studio','acme studio',1,'2026-11-23T17:00:00Z','2026-11-23T09:00:00Z','{"contacts":[],"saved":{"tier":"gold"},"settings":{}}',NULL,'2026-11-23',NULL);
CREATE TABLE entry (
                client text not null references client on delete cascade
                deferrable initially deferred, n integer not null, kind text not null,
                at text not null, by text not null, on_ text not null, text text not null, owner text not null,
                run text not null, step text not null, data text not null, outcome text, closed_at text, closed_by text, due text, primary key (client, n)) without rowid;
INSERT INTO "entry" VALUES('86100d195a9db5e449711d4d558fe1ec',1,'contact','2026-11-23T09:00:00Z','Ana','2026-11-23T09:00:00Z','Day of the yes','us','97089e4ee73b07369a8ed34595ff2161','day','{"channel":"call","direction":"out"}',NULL,NULL,NULL,NULL);
CREATE TABLE holiday (
                country text not null, region text not null, day text not null, name text not null,
                primary key (country, region, day)) without rowid;
CREATE TABLE holiday_year (
                country text not null, region text not null, year integer not null,
                primary key (country, region, year)) without rowid;
CREATE TABLE operation (
                seq integer primary key, id text not null unique, clock integer not null, device text not null,
                at text not null, by text not null, client text not null, run text not null, step text not null,
                kind text not null, body text not null, batch text not null, undoes text not null,
                v integer not null, hash blob not null);
INSERT INTO "operation" VALUES(1,'1dfc43f9ca0a8748540ce9d6184988fb',1,'b1a7a509f11eac0c9fe869e006618916','2026-11-23T09:00:00Z','Ana','86100d195a9db5e449711d4d558fe1ec','','','client-add','{"name":"Acmé Studio","slug":"acme-studio"}','1dfc43f9ca0a8748540ce9d6184988fb','',1,X'CF96A5A64F9C5DAF4B39FA53ACBDE015');
INSERT INTO "operation" VALUES(2,'665d7c7f2cb3f50c08c8b94f2e3d1b1b',2,'b1a7a509f11eac0c9fe869e006618916','2026-11-23T09:00:00Z','Ana','86100d195a9db5e449711d4d558fe1ec','97089e4ee73b07369a8ed34595ff2161','','start','{"name":"acme-studio/onboarding","start":"2026-11-23","version":"5eed5eed5eed5eed5eed5eed5eed5eed"}','665d7c7f2cb3f50c08c8b94f2e3d1b1b','',1,X'59CB55064E223CBC19EA1F81FDBE0E78');
INSERT INTO "operation" VALUES(3,'ef5f3c16d1ad4abfda7411e336da20b0',3,'b1a7a509f11eac0c9fe869e006618916','2026-11-23T09:00:00Z','Ana','86100d195a9db5e449711d4d558fe1ec','97089e4ee73b07369a8ed34595ff2161','day','tick','{"channel":"call","entries":[{"kind":"contact","n":1,"on":"2026-11-23T09:00:00Z","owner":"us","text":"Day of the yes","values":{"channel":"call","direction":"out"}}],"saves":{"tier":"gold"}}','ef5f3c16d1ad4abfda7411e336da20b0','',1,X'56F1BF8A5969F084F47E124A448FBA55');
CREATE TABLE passage (
                id integer primary key, kind text not null, client text not null, run text not null,
                ref text not null, who text not null, text text not null);
CREATE VIRTUAL TABLE passage_index using fts5 (
                who, text, content='passage', content_rowid='id', prefix='2 3',
                tokenize="unicode61 remove_diacritics 2");
CREATE TABLE remark (
                id text primary key, playbook text not null, step_id text not null,
                run text not null references run on delete cascade, title text not null, at text not null,
                by text not null, text text not null, outcome text not null, reason text not null,
                closed_at text not null, closed_by text not null) without rowid;
CREATE TABLE run (
                id text primary key, name text not null unique, client text not null references client,
                playbook text not null, language text not null, version text not null references version,
                title text not null, state text not null, start text not null, target text,
                done integer not null, total integer not null, next_due text, started_at text not null,
                ended_at text, ops integer not null, calendar text not null default '') without rowid;
INSERT INTO "run" VALUES('97089e4ee73b07369a8ed34595ff2161','acme-studio/onboarding','86100d195a9db5e449711d4d558fe1ec','onboarding','en','5eed5eed5eed5eed5eed5eed5eed5eed','Client onboarding','open','2026-11-23',NULL,1,4,'2026-11-23T17:00:00Z','2026-11-23T09:00:00Z',NULL,2,'');
CREATE TABLE setting (key text primary key, value text not null) without rowid;
INSERT INTO "setting" VALUES('device','b1a7a509f11eac0c9fe869e006618916');
INSERT INTO "setting" VALUES('program','0.1.0');
INSERT INTO "setting" VALUES('schema','05a01d86 1253e82f 15e0192c 229348d4 2821323a 3818cd3c 39b4f823 485aa1f4 4ffdcb3e 5eef7b8a 65a2180f 6c922764 6d0ebd5c 6fa74315 7235e876 74508264 8074c402 866da8ad 8a63b97d 99492043 9d898b54 a0e2d09d a28b628a a341a01a a3c03f4d a57614ad a7ef8dd0 a9272c38 ac544391 b1500d39 c049d1eb c1f37b3b c53e145e c5ec5fba cdee864d cfc4a1cd d6b44c2b d839c26f dc4f7f02 e0d3f6bb efeb6bb1 fb08069c');
INSERT INTO "setting" VALUES('search','stale');
CREATE TABLE step (
                run text not null references run on delete cascade, step_id text not null, state text not null,
                due text, locked integer not null, hidden integer not null, court text, person text not null default '', blocked integer not null default 0, title text,
                primary key (run, step_id)) without rowid;
INSERT INTO "step" VALUES('97089e4ee73b07369a8ed34595ff2161','call','open','2026-11-23T17:00:00Z',1,0,NULL,'',0,NULL);
INSERT INTO "step" VALUES('97089e4ee73b07369a8ed34595ff2161','day','done',NULL,0,0,NULL,'',0,NULL);
INSERT INTO "step" VALUES('97089e4ee73b07369a8ed34595ff2161','paper','open','2026-11-25',0,0,NULL,'',0,NULL);
INSERT INTO "step" VALUES('97089e4ee73b07369a8ed34595ff2161','quote','open',NULL,1,0,NULL,'',0,NULL);
CREATE TABLE taken (name text primary key) without rowid;
INSERT INTO "taken" VALUES('acme-studio');
INSERT INTO "taken" VALUES('acme-studio/onboarding');
CREATE TABLE tally (
                subject text primary key, ops integer not null, entries integer not null default 0) without rowid;
INSERT INTO "tally" VALUES('',3,0);
INSERT INTO "tally" VALUES('86100d195a9db5e449711d4d558fe1ec',3,1);
INSERT INTO "tally" VALUES('97089e4ee73b07369a8ed34595ff2161',2,0);
CREATE TABLE version (
                hash text primary key, playbook text not null, language text not null, title text not null,
                text text not null, data text not null, v integer not null, digest blob not null);
INSERT INTO "version" VALUES('5eed5eed5eed5eed5eed5eed5eed5eed','onboarding','en','Client onboarding','title = …','{"id":"onboarding","sections":[{"id":"yes","steps":[{"channel":"call","due":["start"],"id":"day","key":true,"title":"Day of the yes"},{"due":["start + 2bd"],"gate":"hard","id":"paper","title":"Paper in order"},{"court":"client","due":["paper + 1d"],"id":"quote","title":"Quote back from them"},{"due":["start + 8h"],"id":"call","needs":["day"],"title":"Call at the hour"}],"title":"The yes"}],"title":"Client onboarding","v":1}',1,X'CEE99335F8BC0E939400755070D9FDEC');
CREATE TABLE version_step (
                version text not null references version on delete cascade, step_id text not null,
                ord integer not null, title text not null, channel text not null, side text not null,
                key integer not null, primary key (version, step_id)) without rowid;
INSERT INTO "version_step" VALUES('5eed5eed5eed5eed5eed5eed5eed5eed','call',3,'Call at the hour','','competence',0);
INSERT INTO "version_step" VALUES('5eed5eed5eed5eed5eed5eed5eed5eed','day',0,'Day of the yes','call','care',1);
INSERT INTO "version_step" VALUES('5eed5eed5eed5eed5eed5eed5eed5eed','paper',1,'Paper in order','','competence',0);
INSERT INTO "version_step" VALUES('5eed5eed5eed5eed5eed5eed5eed5eed','quote',2,'Quote back from them','','competence',0);
CREATE INDEX operation_clock on operation (clock);
CREATE INDEX operation_run on operation (run);
CREATE INDEX operation_client on operation (client, run);
CREATE INDEX operation_batch on operation (batch);
CREATE INDEX run_client on run (client, state, next_due);
CREATE INDEX run_state on run (state, next_due);
CREATE INDEX run_version on run (version);
CREATE INDEX step_court on step (court) where court is not null;
CREATE INDEX step_blocked on step (blocked, due) where blocked = 1;
CREATE INDEX step_due on step (due, locked, court, blocked, person, title) where due is not null;
CREATE INDEX entry_step on entry (run, step) where outcome is null;
CREATE INDEX entry_due on entry (due, owner, kind) where due is not null;
CREATE INDEX client_home on client (name, id, slug, open_runs, next_due, last_voice, quiet_on);
CREATE INDEX client_quiet on client (quiet_on) where quiet_on is not null;
CREATE INDEX run_playbook on run (playbook, state, ended_at);
CREATE INDEX passage_ref on passage (client, run, kind, ref);
CREATE INDEX remark_playbook on remark (playbook, at);
CREATE INDEX remark_run on remark (run);
COMMIT;
