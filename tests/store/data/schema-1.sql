PRAGMA application_id=1347175001;
PRAGMA user_version=1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE client (
                id text primary key, slug text not null unique, name text not null, search text not null,
                open_runs integer not null default 0, next_due text, added_at text not null, data text not null);
INSERT INTO "client" VALUES('7c1737f7f2e9d6d231ed611df8dfea63','acme-studio','Acmé Studio','acme studio',1,'2026-11-23T17:00:00Z','2026-11-23T09:00:00Z','{"contacts":[],"saved":{"tier":"gold"},"settings":{}}');
CREATE TABLE entry (
                client text not null references client on delete cascade
                deferrable initially deferred, n integer not null, kind text not null,
                at text not null, by text not null, on_ text not null, text text not null, owner text not null,
                run text not null, step text not null, data text not null, primary key (client, n)) without rowid;
INSERT INTO "entry" VALUES('7c1737f7f2e9d6d231ed611df8dfea63',1,'contact','2026-11-23T09:00:00Z','Ana','2026-11-23T09:00:00Z','Day of the yes','us','b46f427cee12a2ebf498cb419643b3c8','day','{"channel":"call","direction":"out"}');
CREATE TABLE operation (
                seq integer primary key, id text not null unique, clock integer not null, device text not null,
                at text not null, by text not null, client text not null, run text not null, step text not null,
                kind text not null, body text not null, batch text not null, undoes text not null,
                v integer not null, hash blob not null);
INSERT INTO "operation" VALUES(1,'5943588f8de4a504c9df8f018137d86b',1,'8741d6ce42d23322ea547ba744abc22d','2026-11-23T09:00:00Z','Ana','7c1737f7f2e9d6d231ed611df8dfea63','','','client-add','{"name":"Acmé Studio","slug":"acme-studio"}','5943588f8de4a504c9df8f018137d86b','',1,X'56B3538C922D4848C5280D6504D277CF');
INSERT INTO "operation" VALUES(2,'6cef434f40ad5188981a3737a29e220d',2,'8741d6ce42d23322ea547ba744abc22d','2026-11-23T09:00:00Z','Ana','7c1737f7f2e9d6d231ed611df8dfea63','b46f427cee12a2ebf498cb419643b3c8','','start','{"name":"acme-studio/onboarding","start":"2026-11-23","version":"5eed5eed5eed5eed5eed5eed5eed5eed"}','6cef434f40ad5188981a3737a29e220d','',1,X'611966E5BF2B3457A388C14D671A00B3');
INSERT INTO "operation" VALUES(3,'cbf91801f42de71a275a99a76e314834',3,'8741d6ce42d23322ea547ba744abc22d','2026-11-23T09:00:00Z','Ana','7c1737f7f2e9d6d231ed611df8dfea63','b46f427cee12a2ebf498cb419643b3c8','day','tick','{"channel":"call","entries":[{"kind":"contact","n":1,"on":"2026-11-23T09:00:00Z","owner":"us","text":"Day of the yes","values":{"channel":"call","direction":"out"}}],"saves":{"tier":"gold"}}','cbf91801f42de71a275a99a76e314834','',1,X'BE1D66C16A51F8856E8F29A28EB8EDCB');
CREATE TABLE run (
                id text primary key, name text not null unique, client text not null references client,
                playbook text not null, language text not null, version text not null references version,
                title text not null, state text not null, start text not null, target text,
                done integer not null, total integer not null, next_due text, started_at text not null,
                ended_at text, ops integer not null) without rowid;
INSERT INTO "run" VALUES('b46f427cee12a2ebf498cb419643b3c8','acme-studio/onboarding','7c1737f7f2e9d6d231ed611df8dfea63','onboarding','en','5eed5eed5eed5eed5eed5eed5eed5eed','Client onboarding','open','2026-11-23',NULL,1,4,'2026-11-23T17:00:00Z','2026-11-23T09:00:00Z',NULL,2);
CREATE TABLE setting (key text primary key, value text not null) without rowid;
INSERT INTO "setting" VALUES('device','8741d6ce42d23322ea547ba744abc22d');
INSERT INTO "setting" VALUES('program','0.1.0');
INSERT INTO "setting" VALUES('schema','1222418b');
CREATE TABLE step (
                run text not null references run on delete cascade, step_id text not null, state text not null,
                due text, locked integer not null, hidden integer not null, court text,
                primary key (run, step_id)) without rowid;
INSERT INTO "step" VALUES('b46f427cee12a2ebf498cb419643b3c8','call','open','2026-11-23T17:00:00Z',1,0,NULL);
INSERT INTO "step" VALUES('b46f427cee12a2ebf498cb419643b3c8','day','done',NULL,0,0,NULL);
INSERT INTO "step" VALUES('b46f427cee12a2ebf498cb419643b3c8','paper','open','2026-11-25',0,0,NULL);
INSERT INTO "step" VALUES('b46f427cee12a2ebf498cb419643b3c8','quote','open',NULL,1,0,NULL);
CREATE TABLE taken (name text primary key) without rowid;
INSERT INTO "taken" VALUES('acme-studio');
INSERT INTO "taken" VALUES('acme-studio/onboarding');
CREATE TABLE tally (
                subject text primary key, ops integer not null, entries integer not null default 0) without rowid;
INSERT INTO "tally" VALUES('',3,0);
INSERT INTO "tally" VALUES('7c1737f7f2e9d6d231ed611df8dfea63',3,1);
INSERT INTO "tally" VALUES('b46f427cee12a2ebf498cb419643b3c8',2,0);
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
CREATE INDEX client_home on client (name, id, slug, open_runs, next_due);
CREATE INDEX run_client on run (client, state, next_due);
CREATE INDEX run_state on run (state, next_due);
CREATE INDEX run_version on run (version);
CREATE INDEX step_due on step (due, locked, court) where due is not null;
CREATE INDEX step_court on step (court) where court is not null;
COMMIT;
