package repertoire

import "testing"

func TestMask(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"nothing":                      {"", ""},
		"harmless":                     {"PATH=/bin\nPWD=/app\nOLDPWD=/\nHOSTNAME=web\n", "PATH=/bin\nPWD=/app\nOLDPWD=/\nHOSTNAME=web\n"},
		"by name":                      {"API_TOKEN=a\nDB_PASSWORD=b\nDB_PWD=c\nMYSQL_PASS=d\nSECRET=e\nAWS_ACCESS_KEY_ID=f\n", "API_TOKEN=********\nDB_PASSWORD=********\nDB_PWD=********\nMYSQL_PASS=********\nSECRET=********\nAWS_ACCESS_KEY_ID=********\n"},
		"in any case":                  {"npm_config_authToken=a", "npm_config_authToken=********"},
		"the empty value":              {"TOKEN=", "TOKEN=********"},
		"in a URL":                     {"DATABASE_URL=postgres://app:pa:ss@db:5432/x", "DATABASE_URL=postgres://app:********@db:5432/x"},
		"a URL without one":            {"PROXY=http://proxy:3128/a@b", "PROXY=http://proxy:3128/a@b"},
		"over several lines":           {"TOKEN=a\nb\nc d\nHOME=/", "TOKEN=********\nHOME=/"},
		"several lines of no secret":   {"MOTD=a\nb\nHOME=/", "MOTD=a\nb\nHOME=/"},
		"a PEM block under any name":   {"CA=-----BEGIN RSA PRIVATE KEY-----\nMIIE\nAAAAC3==\nQy=\n-----END RSA PRIVATE KEY-----\nHOME=/", "CA=********\nHOME=/"},
		"a PEM block on a single line": {"X=-----BEGIN CERTIFICATE----- MII -----END CERTIFICATE-----\nHOME=/", "X=********\nHOME=/"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, found := mask(test.text)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if found != (test.text != test.want) {
				t.Errorf("found is %v", found)
			}
		})
	}
}
