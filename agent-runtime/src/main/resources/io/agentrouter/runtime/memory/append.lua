-- Appends a turn and drops the oldest, if nobody appended since the turn was opened and nobody else has the turn now.
-- KEYS: line, turns (list of JSON), last (token of the latest append); ARGV: token, last as it was seen, turn, turns to keep, ttl in ms
-- Returns 1 when the turn is stored, now or by an earlier attempt whose answer was lost; else 0.
local line, turns, last = KEYS[1], KEYS[2], KEYS[3]
local token, seen, turn, keep, ttl = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])

local latest = redis.call('GET', last)
if latest == token then
  return 1
end
local head = redis.call('LINDEX', line, 0)
if (latest and latest ~= seen) or (head and head ~= token) then
  return 0
end
local length = redis.call('RPUSH', turns, turn)
redis.call('LTRIM', turns, math.max(0, length - keep), -1)
redis.call('PEXPIRE', turns, ttl)
redis.call('SET', last, token, 'PX', ttl)
return 1
