// An independent SCIM server for the tests: SCIMMY over a store in memory.
// Arguments: --no-bulk, --rate=N (requests a second, 429 beyond), --deletes
// (resources can be deleted, which a push never asks for). It prints its
// port as one line of JSON, and answers GET /dump with its whole store.
const { createRequire } = require("node:module");
const { randomUUID } = require("node:crypto");
const from = createRequire(process.env.SCIMMY_HOME + "/package.json");
const express = from("express");
const found = from("scimmy");
const SCIMMY = found.default ?? found;
const routers = from("scimmy-routers");
const SCIMMYRouters = routers.default ?? routers;

const flag = (name) => process.argv.some((a) => a === "--" + name);
const value = (name) => Number((process.argv.find((a) => a.startsWith("--" + name + "=")) ?? "=0").split("=")[1]);

const store = { users: new Map(), groups: new Map() };

const handlers = (kind, unique) => ({
    ingress: (resource, data) => {
        const id = resource.id ?? randomUUID();
        const kept = JSON.parse(JSON.stringify(data));
        for (const [other, doc] of store[kind]) {
            if (other !== id && doc[unique] === kept[unique]) {
                throw new SCIMMY.Types.Error(409, "uniqueness", unique + " is already in use");
            }
        }
        if (resource.id && !store[kind].has(id)) {
            throw new SCIMMY.Types.Error(404, null, "Resource " + id + " not found");
        }
        const meta = store[kind].get(id)?.meta ?? { created: new Date() };
        store[kind].set(id, { ...kept, id, meta: { ...meta, lastModified: new Date() } });
        return store[kind].get(id);
    },
    egress: (resource) => {
        if (resource.id) {
            const doc = store[kind].get(resource.id);
            if (!doc) throw new SCIMMY.Types.Error(404, null, "Resource " + resource.id + " not found");
            return doc;
        }
        const all = [...store[kind].values()];
        return resource.filter ? resource.filter.match(all) : all;
    },
    degress: (resource) => {
        if (!flag("deletes")) throw new SCIMMY.Types.Error(403, null, "Nothing is deleted here");
        if (!store[kind].delete(resource.id)) throw new SCIMMY.Types.Error(404, null, "Resource " + resource.id + " not found");
    },
});

const { Attribute, SchemaDefinition } = SCIMMY.Types;
const extension = new SchemaDefinition("SourceUsernames", "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User", "Source usernames", [
    new Attribute("complex", "sourceUsernames", { multiValued: true }, [new Attribute("string", "value"), new Attribute("string", "type")]),
]);
SCIMMY.Resources.declare(SCIMMY.Resources.User, handlers("users", "userName"));
SCIMMY.Resources.User.extend(extension, false);
SCIMMY.Resources.declare(SCIMMY.Resources.Group, handlers("groups", "displayName"));
SCIMMY.Config.set("bulk", flag("no-bulk") ? { supported: false } : { supported: true, maxOperations: 50, maxPayloadSize: 1048576 });

const app = express();
const rate = value("rate");
let second = 0, used = 0;
app.use((request, response, next) => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) { second = now; used = 0; }
    if (rate > 0 && ++used > rate) {
        response.set("Retry-After", "1").status(429).json({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "429", detail: "Too many requests" });
        return;
    }
    next();
});
app.get("/dump", (request, response) => response.json({ users: [...store.users.values()], groups: [...store.groups.values()] }));
app.post("/group", express.json(), (request, response) => {
    const id = randomUUID();
    store.groups.set(id, { id, displayName: request.body.displayName, members: [], meta: { created: new Date(), lastModified: new Date() } });
    response.json({ id });
});
app.use("/scim", new SCIMMYRouters({
    type: "bearer",
    handler: (request) => {
        if (request.header("Authorization") !== "Bearer " + process.env.SCIMMY_TOKEN) throw new Error("Authorization not accepted");
        return "tester";
    },
}));
const listening = app.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: listening.address().port })));
process.stdin.on("end", () => process.exit(0)).resume();
