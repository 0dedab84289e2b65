"""The only place for TOML: reading, locating, the library, its cache and its schema."""
