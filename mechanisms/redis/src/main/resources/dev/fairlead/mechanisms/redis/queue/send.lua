-- ARGV: id, client, number, number known to be there; then for each message its moment or 0, and its content
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local done = before(ARGV[2], ARGV[3], ARGV[4])
if done == 'older' then
  return {'older'}
elseif done then
  return {'ok'}
end
redis.call('HSET', clientsKey, ARGV[2], ARGV[3] .. ' ')
for i = 5, #ARGV, 2 do
  local message = nextTurn()
  redis.call('HSET', contentKey, message, ARGV[i + 1])
  place(message, ARGV[i] == '0' and 'r' or 'l', '0', 0, message, ARGV[i])
end
redis.call('HINCRBY', headKey, 'count', (#ARGV - 4) / 2)
ring()
return {'ok'}
