module slipway/toolchain/probe

go 1.25
