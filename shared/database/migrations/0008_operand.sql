-- owner: validate
-- What an agency's current report on a year says where the rules of the following year look back: figures read for certain,
-- by cell address ("table3/row/column"). A year without a usable figure has no row.
create table operand (
    agency_key text not null,
    year int not null,
    metric text not null,
    value numeric not null,
    primary key (agency_key, year, metric)
);
