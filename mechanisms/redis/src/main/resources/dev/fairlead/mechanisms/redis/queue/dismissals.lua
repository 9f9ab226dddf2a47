-- ARGV: id
local broken = wrong(ARGV[1])
if broken then
  return broken
end
return {'ok', redis.call('LRANGE', dismissalsKey, 0, -1)}
