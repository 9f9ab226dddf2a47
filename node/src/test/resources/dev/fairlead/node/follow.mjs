// Follows the changes of an item by asking for the next page: one line for each, and goes on where it was when the node was away.
const [url, service] = process.argv.slice(2);
let cursor = "";
for (;;) {
    try {
        const answer = await fetch(`${url}?wait=20&from=${encodeURIComponent(cursor)}`, {
            headers: { "Fairlead-Service": service },
        });
        const page = await answer.json();
        if (answer.ok) {
            page.changes.forEach((change) => console.log(JSON.stringify(change)));
            cursor = page.next;
            continue;
        }
    } catch {
        // The node is away.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
}
