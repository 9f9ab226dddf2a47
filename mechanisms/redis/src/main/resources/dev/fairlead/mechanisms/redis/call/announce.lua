-- ARGV: lease in ms; then for each answerer + or -, its item, and who it is
local ends = string.format('%.0f', now() + tonumber(ARGV[1]))
for i = 2, #ARGV, 3 do
  local key = answerers(ARGV[i + 1])
  if ARGV[i] == '+' then
    redis.call('ZADD', key, ends, ARGV[i + 2])
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now())
    redis.call('PEXPIRE', key, ARGV[1], 'NX')
    redis.call('PEXPIRE', key, ARGV[1], 'GT')
  else
    redis.call('ZREM', key, ARGV[i + 2])
  end
end
return {'ok'}
