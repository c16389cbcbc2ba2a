#!/bin/bash
# enter.sh GROUPS INIT SECONDS COMMAND: runs a command in a machine, as on its console. It joins the machine's control
# groups first, so that it counts as the machine's and ends with it.
#
#   GROUPS    control group of the machine, below that of each controller
#   INIT      the machine's first process, as the host numbers it
#   SECONDS   how long it may take; 0: without limit
#   COMMAND   for bash
for group in /sys/fs/cgroup/*/"$1"; do
  echo $$ > "$group/cgroup.procs" || exit 1
done
exec nsenter --target "$2" --mount --uts --ipc --net --pid --cgroup -- \
  env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  timeout --kill-after=5 "$3" bash -c "cd; $4"
