-- Runs through the parser's clean-up of unfinished objects, virtual tables,
-- user functions, collations, transactions, files and JSON.
CREATE TABLE part(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, price REAL, parent INTEGER);
CREATE INDEX part_name ON part(name);
CREATE TRIGGER part_log AFTER INSERT ON part BEGIN
  UPDATE part SET price = price + 1 WHERE id = new.id AND price IS NOT NULL;
END;
INSERT INTO part VALUES (1,'engine',100.5,NULL),(2,'Wheel',20,1),(3,'bolt',NULL,2),(4,'nut',0.25,2);
SELECT id, name, round(price, 2) FROM part ORDER BY name DESC;
WITH RECURSIVE up(id, depth) AS (
  SELECT 3, 0 UNION ALL SELECT part.parent, depth + 1 FROM part JOIN up ON part.id = up.id
  WHERE part.parent IS NOT NULL
) SELECT * FROM up;
WITH numbers(n) AS (VALUES (1),(2),(3)) SELECT sum(n), group_concat(n, '+'), count(*) FROM numbers;
SELECT parent, count(*), avg(price), max(length(name)) FROM part GROUP BY parent HAVING count(*) > 0 ORDER BY 1;
SELECT name, row_number() OVER (ORDER BY price), sum(price) OVER (PARTITION BY parent) FROM part ORDER BY id;
SELECT json_extract('{"a":[1,2,{"b":"c"}]}', '$.a[2].b'), json_array(1, 'two', NULL), json_type('[1]', '$[0]');
SELECT key, value FROM json_each('{"x":1,"y":[2,3]}');
SELECT json_group_array(name), json_group_object(id, price) FROM part;
SELECT json_extract(text, '$.k') FROM (SELECT '{"k":' || id || '}' AS text FROM part);
CREATE VIRTUAL TABLE words USING fts4(body);
INSERT INTO words VALUES ('forward edges of the control flow graph'), ('backward edges');
SELECT body FROM words WHERE words MATCH 'edges AND control';
CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1, y0, y1);
INSERT INTO boxes VALUES (1, 0, 10, 0, 10), (2, 5, 15, 5, 15);
SELECT id FROM boxes WHERE x0 < 4 AND y1 > 3;
BEGIN; DELETE FROM part WHERE id = 4; ROLLBACK;
SAVEPOINT s; UPDATE part SET name = 'screw' WHERE id = 3; RELEASE s;
SELECT printf('%s %05d %.3f', name, id, price), hex(name), substr(name, 2), replace(name, 'e', 'E') FROM part WHERE id < 3;
SELECT date(0, 'unixepoch'), strftime('%H:%M', 3661, 'unixepoch'), typeof(x'00'), likely(1), iif(1, 'yes', 'no');
ATTACH 'run-corpus.db' AS disk;
CREATE TABLE disk.copy AS SELECT * FROM part;
CREATE UNIQUE INDEX disk.copy_id ON copy(id);
PRAGMA disk.journal_mode = WAL;
INSERT INTO disk.copy SELECT id + 10, name, price, parent FROM copy;
SELECT count(*) FROM disk.copy;
PRAGMA disk.integrity_check;
VACUUM disk;
DETACH disk;
EXPLAIN QUERY PLAN SELECT * FROM part WHERE name = 'bolt';
WITH new(id, name) AS (SELECT 7, 'washer') INSERT INTO part SELECT id, name, 0.1, 2 FROM new;
WITH gone(id) AS (SELECT 7) DELETE FROM part WHERE id IN (SELECT id FROM gone);
SELECT abs(1, 2);
SELECT * FROM part WHERE no_such_column = 1;
WITH broken(n) AS (SELECT 1 SELECT n FROM broken;
SELECT count(DISTINCT name), total(price) FROM part WHERE id IN (SELECT parent FROM part);
.tables
.schema part
