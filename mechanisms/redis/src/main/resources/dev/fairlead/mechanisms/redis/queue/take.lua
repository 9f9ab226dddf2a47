-- ARGV: id, now, end of the lease, most messages, most bytes; then each client of the receiver's, and its number known to be there
local broken = wrong(ARGV[1])
if broken then
  return broken
end
for i = 6, #ARGV, 2 do
  if before(ARGV[i], ARGV[i + 1], ARGV[i + 1]) == 'older' then
    return {'older'}
  end
end
for _, key in ipairs({heldKey, laterKey}) do
  for _, member in ipairs(redis.call('ZRANGEBYLEX', key, '-', '[' .. ARGV[2] .. '~', 'LIMIT', 0, 1000)) do
    local message = string.sub(member, 21)
    local state = stateOf(message)
    redis.call('ZREM', key, member)
    place(message, 'r', '0', state.attempts, state.turn, '0')
  end
end
local taken, bytes = {'ok'}, 0
for _, message in ipairs(redis.call('ZRANGE', readyKey, 0, tonumber(ARGV[4]) - 1)) do
  bytes = bytes + redis.call('HSTRLEN', contentKey, message)
  if #taken > 1 and bytes > tonumber(ARGV[5]) then
    break
  end
  local state = stateOf(message)
  local hand = text(redis.call('HINCRBY', headKey, 'hands', 1))
  redis.call('ZREM', readyKey, message)
  place(message, 'h', hand, state.attempts + 1, state.turn, ARGV[3])
  table.insert(taken, message)
  table.insert(taken, hand)
  table.insert(taken, state.attempts + 1)
  table.insert(taken, redis.call('HGET', contentKey, message))
end
return taken
