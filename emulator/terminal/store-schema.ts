/** Sealed columns hold card data and keys. There is no column for a track or a PIN block: they are never stored. */
export const schema = `
create table if not exists record (
  batch text not null, trace text not null, begun integer not null, state text not null, settled integer not null,
  sealed_card blob not null, facts text not null, slips text not null,
  primary key (batch, trace)
) strict, without rowid;
create table if not exists reversal (
  batch text not null, trace text not null, reason text not null, sends integer not null, state text not null,
  primary key (batch, trace)
) strict, without rowid;
create table if not exists fact (name text primary key, value text not null) strict, without rowid;
create table if not exists sealed_fact (name text primary key, value blob not null) strict, without rowid;
`
