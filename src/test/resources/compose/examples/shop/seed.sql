insert into orders values ('one');
