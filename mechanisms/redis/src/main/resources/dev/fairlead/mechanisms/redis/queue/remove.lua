-- ARGV: id; then messages
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local removed = 0
for i = 2, #ARGV do
  local state = stateOf(ARGV[i])
  if state then
    drop(ARGV[i], state)
    removed = removed + 1
  end
end
return {'ok', removed}
