package redact

import (
	"fmt"
	"strings"
	"testing"
)

// bigLog is a log as apps write them: prose, JSON, logfmt, stack traces, metrics, and now and then a secret.
func bigLog(lines int) string {
	var log strings.Builder
	for i := range lines {
		fmt.Fprintf(&log, "2026-11-22T19:39:%02d.%09dZ ", i/7%60, i*7919)
		switch i % 8 {
		case 0:
			fmt.Fprintf(&log, "level=info msg=\"request served\" path=/api/v1/orders/%d status=200 took=%dms request_id=%08x\n", i, i%90, i*2654435761)
		case 1:
			fmt.Fprintf(&log, `{"level":"info","ts":%d.5,"logger":"http","msg":"handled request","method":"GET","uri":"/orders/%d","status":200,"trace_id":"%016x"}`+"\n", 1700000000+i, i, uint64(i)*0x9E3779B97F4A7C15)
		case 2:
			fmt.Fprintf(&log, "10.244.1.%d - - [22/Nov/2026:19:39:03 +0000] \"GET /assets/app-%x.js HTTP/1.1\" 304 0 \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n", i%250, i)
		case 3:
			fmt.Fprintf(&log, "\tat com.shop.orders.OrderService.place(OrderService.java:%d)\n", i%900)
		case 4:
			fmt.Fprintf(&log, "I1122 19:39:03.%06d       1 controller.go:%d] syncing key shop/web-%x: token refreshed\n", i%1000000, i%900, i)
		case 5:
			fmt.Fprintf(&log, "http_requests_total{code=\"200\",handler=\"/api/v1/orders\"} %d\n", i)
		case 6:
			fmt.Fprintf(&log, "2026-11-22 19:39:03.123  INFO 1 --- [nio-8080-exec-%d] c.s.orders.Cache : warmed %d keys in %d ms\n", i%10, i, i%77)
		case 7:
			if i%64 == 63 {
				fmt.Fprintf(&log, "connecting to postgres://shop:pw%dXq@db:5432/shop with password=pw%dXq\n", i%640, i%640)
			} else {
				fmt.Fprintf(&log, "WARN retrying in %ds: dial tcp 10.0.0.%d:5432: connect: connection refused\n", i%30, i%250)
			}
		}
	}
	return log.String()
}

func BenchmarkBigLog(b *testing.B) {
	text := bigLog(40_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		New(salt, nil).Log(text)
	}
}
