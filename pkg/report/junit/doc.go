// Package junit writes a diagnosis as JUnit's XML, which CI systems show as test results: a suite is a workload, a case is a
// pod, a failure is a root cause. Start reading at Write.
package junit
