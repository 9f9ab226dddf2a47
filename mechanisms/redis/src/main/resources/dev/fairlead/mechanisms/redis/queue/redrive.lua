-- ARGV: id, most bytes; then the numbers
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local messages, seen, bytes = {}, {}, 0
for i = 3, #ARGV do
  local message = redis.call('ZRANGEBYSCORE', deadKey, ARGV[i], ARGV[i])[1]
  if message and not seen[message] then
    seen[message] = true
    table.insert(messages, message)
    bytes = bytes + redis.call('HSTRLEN', contentKey, message)
  end
end
if bytes > tonumber(ARGV[2]) then
  return {'large'}
end
for _, message in ipairs(messages) do
  unplace(message, stateOf(message))
  place(message, 'r', '0', 0, nextTurn(), '0')
end
ring()
return {'ok', #messages}
