using Cake.Core;

namespace Cake.Frosting;

/// <summary>One node of the build's graph, as the engine sees it.</summary>
public interface IFrostingTask
{
    /// <summary>The message logged when <see cref="ShouldRun"/> says no.</summary>
    string SkippedMessage => string.Empty;

    Task RunAsync(ICakeContext context);

    bool ShouldRun(ICakeContext context);

    void OnError(Exception exception, ICakeContext context);

    void Finally(ICakeContext context);
}
