// Package action is what reaches into a pod: it reads logs, runs commands, passes HTTP requests on to the app, and serves
// the API on a local port. Where kubectl has a package for it, that package does the work; podkit adds which container
// and which instance are meant, and one sentence with the next step when the answer is no.
//
// It writes to the streams it is given and nowhere else: what a user should know besides is a Note. It does not choose
// pods, and knows neither flags nor terminals' colours. Start reading at Client.
package action
