process.stdout.write("rung\n");
