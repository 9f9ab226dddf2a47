-- ARGV: id
local found = redis.call('HMGET', headKey, 'id', 'start', 'compacted', 'next', 'largest', 'epoch', 'token')
if found[1] ~= ARGV[1] or redis.call('EXISTS', base) == 0 then
  return {'gone'}
end
local finish, last = realEnd(tonumber(found[4]))
if not finish then
  return {'foreign', last}
end
return {'ok', found[2], found[3], text(finish), found[5], found[6], found[7], found[4]}
