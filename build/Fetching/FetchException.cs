namespace Qcw.Build.Fetching;

/// <summary>Something could not be fetched from any place.</summary>
/// <param name="problem">What, and for each place why.</param>
/// <param name="remedy">What a person can do; where several things fail, equal remedies are said once.</param>
public sealed class FetchException(string problem, string remedy) : BuildException($"{problem}\n{remedy}")
{
    /// <summary>What, and for each place why.</summary>
    public string Problem { get; } = problem;

    /// <summary>What a person can do.</summary>
    public string Remedy { get; } = remedy;
}
