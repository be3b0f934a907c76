namespace Qcw.Build.Compiling.Container;

/// <summary>A container that an engine has.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Runs">False where it has ended or was never started.</param>
/// <param name="Owner">The value of <see cref="ContainerOwner.Label"/>.</param>
public sealed record ListedContainer(string Id, bool Runs, string Owner);
