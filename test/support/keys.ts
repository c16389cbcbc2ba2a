/** Public keys; nobody has the private ones. */
export const PUBLIC_KEYS = [
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMdNMRssur3CQz1xbjKPtZj3d6UEvKlpZpRPM9URZ8yj plinth-test",
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDroH/eeHeXAwu0Y7i8AA4QO0KnYSBd+Wsd29ys1Slus plinth-test",
] as const;
