-- ARGV: id, moment in ms up to which records go, most offsets at once
local found = redis.call('HMGET', headKey, 'id', 'start', 'next', 'last')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
local start, cut = tonumber(found[2]), tonumber(ARGV[2])
local wanted = start
if tonumber(found[4]) <= cut then
  wanted = tonumber(found[3])
else
  local mark = redis.call('ZREVRANGEBYSCORE', timesKey, ARGV[2], '-inf', 'LIMIT', 0, 1)
  wanted = mark[1] and tonumber(mark[1]) or start
end
local reached = math.min(wanted, start + tonumber(ARGV[3]))
if reached <= start then
  return {'ok', 0}
end
redis.call('HSET', headKey, 'start', text(reached))
redis.call('XTRIM', base, 'MINID', '=', id(reached))
redis.call('ZREMRANGEBYSCORE', erasedKey, '-inf', '(' .. text(reached))
if reached == wanted then
  redis.call('ZREMRANGEBYSCORE', timesKey, '-inf', ARGV[2])
  return {'ok', 0}
end
return {'ok', 1}
