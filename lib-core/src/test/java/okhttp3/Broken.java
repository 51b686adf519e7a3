package okhttp3;

/** Stands for the client's types, which the core must not use. */
public final class Broken {}
