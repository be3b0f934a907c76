namespace Qcw.Build.Testing;

/// <summary>How many tests ended how.</summary>
public sealed record TestCount(int Passed, int Failed, int Skipped)
{
    /// <summary>The sum of two counts.</summary>
    public static TestCount operator +(TestCount one, TestCount other) => Add(one, other);

    /// <summary>The sum of two counts.</summary>
    public static TestCount Add(TestCount one, TestCount other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new TestCount(one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped);
    }
}
