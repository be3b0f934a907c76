namespace Qcw.Build.Compiling.Container;

/// <summary>An image that an engine has.</summary>
/// <param name="Id">64 hex digits. It covers the time of its making, so it differs between machines.</param>
/// <param name="Content">The digests of its layers' files, in order: two images with the same content are the same base.</param>
public sealed record ImageFacts(string Id, string Content);
