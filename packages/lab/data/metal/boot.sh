#!/bin/bash
# First process of a machine, in namespaces of its own (see machine.sh, which gives it its variables): sets up network,
# root and devices as a kernel and an initial RAM disk would, and becomes systemd.
set -e
mount --make-rprivate /

until ip link show eth0 &> /dev/null; do sleep 0.05; done
ip link set lo up
ip address add "$address" dev eth0
ip link set eth0 up
ip route add default via "$gateway"

root=$folder/root
mkdir -p "$root" "$folder/upper" "$folder/work"
mount -t overlay overlay -o "lowerdir=$layers,upperdir=$folder/upper,workdir=$folder/work" "$root"
mount --bind "$folder/var" "$root/var" # a plain folder: the overlays of containers are in it, and overlays do not nest
mkdir -p "$root"/{proc,sys,dev,run,tmp,.old}

mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
groups_root=$root/sys/fs/cgroup
mount -t tmpfs -o mode=755,size=8m tmpfs "$groups_root"
for controller in cpu cpuacct cpuset memory devices freezer blkio pids; do
  mkdir "$groups_root/$controller"
  mount -t cgroup -o "$controller" cgroup "$groups_root/$controller"
done
mkdir "$groups_root"/{systemd,unified}
mount -t cgroup -o none,name=systemd cgroup "$groups_root/systemd"
mount -t cgroup2 cgroup2 "$groups_root/unified"

device() { mknod -m "$4" "$root/dev/$1" c "$2" "$3"; }
mount -t tmpfs -o mode=755,size=64m tmpfs "$root/dev"
mkdir "$root"/dev/{pts,shm,mqueue,net}
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
device null 1 3 666
device zero 1 5 666
device full 1 7 666
device random 1 8 666
device urandom 1 9 666
device tty 5 0 666
device kmsg 1 11 644
device net/tun 10 200 666
# a node of its own, not the host's bound to this place: services change owner and mode of the console that they write to
device console 1 3 600

mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777,size=512m tmpfs "$root/tmp"

# settings of the kernel as a whole, which is the host's: the machine sees what a kubelet wants, and cannot change the real ones
mkdir "$root/run/kernel"
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  path=$root/proc/sys/${setting%=*}
  copy=$root/run/kernel/${setting//[\/=]/-}
  echo "${setting#*=}" > "$copy"
  if [ -e "$path" ]; then mount --bind "$copy" "$path"; fi
done
touch "$root/run/kernel/sysrq-trigger"
if [ -e "$root/proc/sysrq-trigger" ]; then mount --bind "$root/run/kernel/sysrq-trigger" "$root/proc/sysrq-trigger"; fi
echo 1 > /proc/sys/net/ipv4/ip_forward # of this network namespace

hostname "$name"
echo "$name" > "$root/etc/hostname"
printf '127.0.0.1 localhost\n%s %s\n' "${address%/*}" "$name" > "$root/etc/hosts"
echo "nameserver $gateway" > "$root/etc/resolv.conf" # nothing answers there: the lab needs no names
[ -s "$root/etc/machine-id" ] || tr -d - < /proc/sys/kernel/random/uuid > "$root/etc/machine-id"
host_key=$root/etc/ssh/ssh_host_ed25519_key
[ -f "$host_key" ] || chroot "$root" ssh-keygen -q -t ed25519 -N "" -C "$name" -f "${host_key#"$root"}"

cd "$root"
pivot_root . .old
umount -l /.old
mount --make-rshared /
exec env -i container=lxc PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --show-status=false
