package table

import (
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
)

// storagePrinters print volumes.
func storagePrinters() map[string]Printer {
	return map[string]Printer{
		"persistentvolumeclaims": printer("Name Status Volume Capacity Access_Modes StorageClass VolumeAttributesClass Age VolumeMode*", claim),
		"persistentvolumes":      printer("Name Capacity Access_Modes Reclaim_Policy Status Claim StorageClass VolumeAttributesClass Reason Age VolumeMode*", volume),
		"storageclasses.storage.k8s.io": printer("Name Provisioner ReclaimPolicy VolumeBindingMode AllowVolumeExpansion Age", func(c *storagev1.StorageClass, now time.Time) []any {
			name := c.Name
			if c.Annotations["storageclass.kubernetes.io/is-default-class"] == "true" {
				name += " (default)"
			}
			policy, mode := string(corev1.PersistentVolumeReclaimDelete), string(storagev1.VolumeBindingImmediate)
			if c.ReclaimPolicy != nil {
				policy = string(*c.ReclaimPolicy)
			}
			if c.VolumeBindingMode != nil {
				mode = string(*c.VolumeBindingMode)
			}
			return []any{name, c.Provisioner, policy, mode, c.AllowVolumeExpansion != nil && *c.AllowVolumeExpansion, age(c.CreationTimestamp, now)}
		}),
	}
}

func claim(c *corev1.PersistentVolumeClaim, now time.Time) []any {
	status, capacity, modes := string(c.Status.Phase), "", ""
	if c.DeletionTimestamp != nil {
		status = "Terminating"
	}
	if c.Spec.VolumeName != "" {
		modes = accessModes(c.Status.AccessModes)
		storage := c.Status.Capacity[corev1.ResourceStorage]
		capacity = storage.String()
	}
	return []any{
		c.Name, status, c.Spec.VolumeName, capacity, modes, text(c.Spec.StorageClassName, ""), text(c.Spec.VolumeAttributesClassName, unset),
		age(c.CreationTimestamp, now), text(c.Spec.VolumeMode, unset),
	}
}

func volume(v *corev1.PersistentVolume, now time.Time) []any {
	status, bound := string(v.Status.Phase), ""
	if v.DeletionTimestamp != nil {
		status = "Terminating"
	}
	if v.Spec.ClaimRef != nil {
		bound = v.Spec.ClaimRef.Namespace + "/" + v.Spec.ClaimRef.Name
	}
	storage := v.Spec.Capacity[corev1.ResourceStorage]
	return []any{
		v.Name, storage.String(), accessModes(v.Spec.AccessModes), string(v.Spec.PersistentVolumeReclaimPolicy), status, bound,
		v.Spec.StorageClassName, text(v.Spec.VolumeAttributesClassName, unset), v.Status.Reason, age(v.CreationTimestamp, now), text(v.Spec.VolumeMode, unset),
	}
}

func text[T ~string](pointer *T, absent string) string {
	if pointer == nil {
		return absent
	}
	return string(*pointer)
}

// accessModes are written short, in the order of the API (component-helpers storage/volume).
func accessModes(modes []corev1.PersistentVolumeAccessMode) string {
	var short []string
	for _, known := range []struct {
		mode corev1.PersistentVolumeAccessMode
		text string
	}{
		{corev1.ReadWriteOnce, "RWO"}, {corev1.ReadOnlyMany, "ROX"}, {corev1.ReadWriteMany, "RWX"}, {corev1.ReadWriteOncePod, "RWOP"},
	} {
		if slices.Contains(modes, known.mode) {
			short = append(short, known.text)
		}
	}
	return join(short)
}
