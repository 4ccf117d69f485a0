enum SystemdSeed {}
