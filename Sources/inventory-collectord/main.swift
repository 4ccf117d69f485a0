import Glibc

let status = await Program(arguments: Array(CommandLine.arguments.dropFirst())).run()
exit(status)
