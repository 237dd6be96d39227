// Package table prints objects in the columns that kubectl shows, which a live API server computes and sends: kubernetes'
// own printers cannot be imported. What it does not know is shown with NAME and AGE, as custom resources are.
//
// It is pure: ages are against a time that is given. Start reading at Of.
package table
