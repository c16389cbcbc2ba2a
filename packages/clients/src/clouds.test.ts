import { expect, test } from "vitest";
import { parseCloud, tokenRequest } from "./clouds.js";

const file = `
clouds:
  lab:
    auth:
      auth_url: http://127.0.0.1:5000/v3
      username: admin
      password: secret
      project_name: demo
      user_domain_id: default
      project_domain_id: default
    region_name: RegionOne
  bare:
    auth: { auth_url: "http://127.0.0.1:5000/v3" }
`;

test("a cloud is its auth block and its region", () => {
  expect(parseCloud(file, "lab")).toEqual({
    auth: {
      auth_url: "http://127.0.0.1:5000/v3",
      username: "admin",
      password: "secret",
      project_name: "demo",
      user_domain_id: "default",
      project_domain_id: "default",
    },
    region: "RegionOne",
  });
  expect(parseCloud(file, "bare")).toEqual({ auth: { auth_url: "http://127.0.0.1:5000/v3" } });
});

test("an unknown cloud is refused with those that there are", () => {
  expect(() => parseCloud(file, "other")).toThrow(/^PL1101.*There is no cloud "other", only lab, bare/s);
});

test("a password logs in to a project, by name or by id", () => {
  expect(tokenRequest(parseCloud(file, "lab").auth)).toEqual({
    identity: {
      methods: ["password"],
      password: { user: { name: "admin", domain: { id: "default" }, password: "secret" } },
    },
    scope: { project: { name: "demo", domain: { id: "default" } } },
  });
  const ids = { user_id: "u1", password: "secret", project_id: "p1", user_domain_name: "ignored beside an id" };
  expect(tokenRequest(ids)).toEqual({
    identity: { methods: ["password"], password: { user: { id: "u1", password: "secret" } } },
    scope: { project: { id: "p1" } },
  });
});

test("a domain that serves for user and project may be named once", () => {
  const request = tokenRequest({ username: "u", password: "x", project_name: "p", domain_name: "customer" });
  expect(request).toMatchObject({
    identity: { password: { user: { domain: { name: "customer" } } } },
    scope: { project: { domain: { name: "customer" } } },
  });
});

test("an application credential brings its own project", () => {
  expect(tokenRequest({ application_credential_id: "a1", application_credential_secret: "s" })).toEqual({
    identity: { methods: ["application_credential"], application_credential: { id: "a1", secret: "s" } },
  });
  const named = { application_credential_name: "ci", application_credential_secret: "s", username: "u" };
  expect(tokenRequest(named)).toEqual({
    identity: {
      methods: ["application_credential"],
      application_credential: { name: "ci", user: { name: "u", domain: { id: "default" } }, secret: "s" },
    },
  });
});
