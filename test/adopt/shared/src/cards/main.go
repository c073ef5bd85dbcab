package main

var rates = os.Getenv("RATES_ADDR")
