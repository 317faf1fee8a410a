-- Joins the line of a conversation's turns, or keeps the place in it alive. Whoever was not heard of for a lease has lost its place.
-- KEYS: line (list of tokens), alive (tokens by when their place is lost); ARGV: token, lease in ms, room in the line
-- Returns how many turns are ahead, so 0 to whose turn it is; -1 when there is no room, or when the token has left.
local line, alive = KEYS[1], KEYS[2]
local token, lease, room = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

for _, dead in ipairs(redis.call('ZRANGEBYSCORE', alive, '-inf', now)) do
  redis.call('LREM', line, 1, dead)
  redis.call('ZREM', alive, dead)
end
if not redis.call('ZSCORE', alive, token) then
  if redis.call('LLEN', line) >= room then
    return -1
  end
  redis.call('RPUSH', line, token)
end
redis.call('ZADD', alive, now + lease, token)
redis.call('PEXPIRE', alive, lease)
redis.call('PEXPIRE', line, lease)
return redis.call('LPOS', line, token) or -1
