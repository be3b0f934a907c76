namespace Qcw.Build.Tests.Catalog;

/// <summary>A JSON file with one thing broken.</summary>
/// <param name="Path">Of the broken field, as the loader writes it.</param>
/// <param name="Parent">Path of the object or list it stands in.</param>
/// <param name="Json">The whole file.</param>
internal sealed record Mutation(string Path, string Parent, string Json);
