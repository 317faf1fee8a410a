-- Gives a place up. The token stays known for a lease, so that a join which was overtaken by this does not bring it back.
-- KEYS: line, alive; ARGV: token, lease in ms
local line, alive = KEYS[1], KEYS[2]
local token, lease = ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZADD', alive, now + lease, token)
redis.call('PEXPIRE', alive, lease)
return redis.call('LREM', line, 1, token)
