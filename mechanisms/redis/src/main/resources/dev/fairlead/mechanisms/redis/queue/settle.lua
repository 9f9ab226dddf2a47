-- ARGV: id, client, number, number known to be there, now; then for each settlement its kind, message, hand, and moment or error
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
local settled, back = {}, false
for i = 6, #ARGV, 4 do
  local kind, message, hand, detail = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local state = stateOf(message)
  local mine = state and state.place == 'h' and state.hand == hand
  table.insert(settled, mine and '1' or '0')
  if mine and kind == 'acknowledge' then
    drop(message, state)
  elseif mine then
    unplace(message, state)
    if kind == 'back' then
      place(message, detail == '0' and 'r' or 'l', '0', state.attempts, nextTurn(), detail)
    elseif kind == 'uncounted' then
      place(message, 'r', '0', state.attempts - 1, state.turn, '0')
    elseif kind == 'release' then
      place(message, 'r', '0', state.attempts, state.turn, '0')
    else
      local number = text(redis.call('HINCRBY', headKey, 'deaths', 1))
      redis.call('HSET', lettersKey, message, ARGV[5] .. ' ' .. detail)
      place(message, 'd', '0', state.attempts, state.turn, number)
    end
    back = back or kind ~= 'aside'
  end
end
local result = table.concat(settled)
redis.call('HSET', clientsKey, ARGV[2], ARGV[3] .. ' ' .. result)
if back then
  ring()
end
return {'ok', result}
