import { expect, test } from "vitest";
import { distributed, functionOf } from "../../../src/warehouse/clickhouse-sharding.ts";

test.each([
  ["Distributed('c', 'db', 'local', cityHash64(user_id))", "c", "db", "local", "cityHash64(user_id)"],
  ["Distributed('c', 'db', 'local', rand(), 'policy')", "c", "db", "local", "rand()"],
  ["Distributed('c', '', 'local')", "c", null, "local", null],
  [
    "Distributed('c', 'd,b', 'it\\'s (', cityHash64(`a,b`, concat('x', y))) SETTINGS fsync_after_insert = 1",
    "c",
    "d,b",
    "it's (",
    "cityHash64(`a,b`, concat('x', y))",
  ],
])("reads %s", (text, cluster, database, name, key) => {
  expect(distributed(text)).toEqual({ cluster, table: { kind: "named-table", database, name }, key });
});

test.each([
  "MergeTree ORDER BY x",
  "",
  "Distributed(c, 'db', 'local')",
  "Distributed('c', currentDatabase(), 'local')",
])("sees none in %j", (text) => {
  expect(distributed(text)).toBeNull();
});

test.each([
  ["cityHash64(user)", "user", "cityHash64({unit})"],
  ["cityHash64(`user`)", "user", "cityHash64({unit})"],
  ["intHash64(toUInt64(user_id)) % 16", "user_id", "intHash64(toUInt64({unit})) % 16"],
  ["cityHash64(`it\\`s`, 'salt')", "it`s", "cityHash64({unit}, 'salt')"],
  ["user", "user", "{unit}"],
])("%s is a function of %s", (key, unit, expected) => {
  expect(functionOf(key, unit)).toBe(expected);
});

test.each([
  ["rand()", "user"],
  ["cityHash64(user, day)", "user"],
  ["cityHash64(user_id)", "user"],
  ["cityHash64('user')", "user"],
  ["1", "user"],
])("%s is no function of %s alone", (key, unit) => {
  expect(functionOf(key, unit)).toBeNull();
});
