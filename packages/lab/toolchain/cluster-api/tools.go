//go:build tools

package tools

import (
	_ "sigs.k8s.io/cluster-api"
	_ "sigs.k8s.io/cluster-api-provider-openstack"
	_ "sigs.k8s.io/cluster-api/bootstrap/kubeadm"
)
