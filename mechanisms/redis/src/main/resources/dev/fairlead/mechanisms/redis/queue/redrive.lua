-- ARGV: id, client, number, number known to be there, most bytes; then the numbers
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local done = before(ARGV[2], ARGV[3], ARGV[4])
if done == 'older' then
  return {'older'}
elseif done then
  return {'ok', done}
end
local messages, seen, bytes = {}, {}, 0
for i = 6, #ARGV do
  local message = redis.call('ZRANGEBYSCORE', deadKey, ARGV[i], ARGV[i])[1]
  if message and not seen[message] then
    seen[message] = true
    table.insert(messages, message)
    bytes = bytes + redis.call('HSTRLEN', contentKey, message)
  end
end
if bytes > tonumber(ARGV[5]) then
  return {'large'}
end
for _, message in ipairs(messages) do
  unplace(message, stateOf(message))
  place(message, 'r', '0', 0, nextTurn(), '0')
end
redis.call('HSET', clientsKey, ARGV[2], ARGV[3] .. ' ' .. #messages)
ring()
return {'ok', #messages}
