package diagnosis_test

import (
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

func TestNearest(t *testing.T) {
	tests := map[string]struct {
		missing    string
		candidates []string
		want       string
	}{
		"a letter left out":        {"web-confg", []string{"db-config", "web-config"}, "web-config"},
		"two letters swapped":      {"payments", []string{"paymenst"}, "paymenst"},
		"a separator more":         {"db-url", []string{"dburl"}, "dburl"},
		"another separator":        {"db_url", []string{"db-url"}, "db-url"},
		"case":                     {"DB_URL", []string{"db.url"}, "db.url"},
		"a version behind it":      {"web-config", []string{"web-config-v2"}, "web-config-v2"},
		"an environment before it": {"config", []string{"prod-config"}, "prod-config"},
		"the nearer of two":        {"orders-db", []string{"order-db", "orders-bd", "orders-dbs2"}, "order-db"},
		"the same is no answer":    {"web", []string{"web"}, ""},
		"nothing near":             {"web-config", []string{"kube-root-ca.crt", "billing"}, ""},
		"a beginning in common":    {"ORDERS_DSN", []string{"ORDERS_HOST"}, ""},
		"no candidates":            {"web", nil, ""},
		"short names differ less":  {"db", []string{"dc", "db2", "x"}, ""},
		"a short part of a name":   {"api", []string{"api-gateway"}, ""},
		"nothing is missing":       {"", []string{"a"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := diagnosis.Nearest(test.missing, test.candidates); got != test.want {
				t.Errorf("nearest to %q of %q is %q, want %q", test.missing, test.candidates, got, test.want)
			}
		})
	}
}
