-- What people decided in this workspace. The same text serves SQLite and PostgreSQL, but for the identity column.
create table if not exists decision (
    id      integer primary key autoincrement,
    kind    text not null,
    mention text not null,
    entity  text not null,
    actor   text not null,
    source  text not null,
    decided text not null default current_timestamp
);
