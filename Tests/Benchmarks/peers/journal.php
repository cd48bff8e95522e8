<?php
// What the peer in PHP keeps on disk: gatilho's files, with its appends, syncs and repairs.
declare(strict_types=1);

function now(): string
{
    return (new DateTimeImmutable('now', new DateTimeZone('UTC')))->format('Y-m-d\TH:i:s.v\Z');
}

function encode(array $line): string
{
    return json_encode($line, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
}

/** An application's file under its lock, and what it says of one event. */
final class Story
{
    public array $known = [];
    /** The event's lines, by where they stand. */
    private array $lines = [];
    private int $end = 0;
    private bool $isTorn;
    private bool $isNewFolder = false;
    private mixed $file;
    private string $folder;

    public function __construct(int $application, string $eventId)
    {
        $this->folder = sprintf('%s/applications/%03d', getenv('BENCH_STATE'), $application % 1000);
        $path = "$this->folder/$application.jsonl";
        $file = @fopen($path, 'c+');
        if ($file === false) {
            $this->isNewFolder = @mkdir($this->folder, 0700, true);
            $file = fopen($path, 'c+');
        }
        if ($file === false || !flock($file, LOCK_EX)) {
            throw new RuntimeException('cannot open and lock');
        }
        $this->file = $file;
        $text = (string) stream_get_contents($file);
        foreach (explode("\n", $text, -1) as $line) {
            $entry = json_decode($line, true, 64, JSON_THROW_ON_ERROR);
            if ($entry['eventId'] === $eventId) {
                $this->known = $entry + $this->known;
                $this->lines[$this->end] = "$line\n";
            }
            $this->end += strlen($line) + 1;
        }
        $this->isTorn = $this->end < strlen($text);
    }

    /** Appends lines, and returns when they are on disk; cuts the file back when that fails. */
    public function keep(array ...$lines): void
    {
        if ($this->end === 0) {
            // Another request cannot know what this one synced: the two above, only if it made the folder.
            $above = $this->isNewFolder ? ["$this->folder/..", "$this->folder/../.."] : [];
            foreach ([$this->folder, ...$above] as $folder) {
                if (!fsync(fopen($folder, 'r'))) {
                    throw new RuntimeException('cannot sync a folder');
                }
            }
        }
        $text = '';
        foreach ($lines as $line) {
            $text .= encode($line) . "\n";
        }
        if ($this->isTorn) {
            ftruncate($this->file, $this->end);
        }
        fseek($this->file, $this->end);
        if (fwrite($this->file, $text) !== strlen($text) || !fdatasync($this->file)) {
            ftruncate($this->file, $this->end);
            throw new RuntimeException('cannot write and sync');
        }
        $this->end += strlen($text);
    }

    /** Whoever wrote the event's lines may have died before the sync. */
    public function keepKnown(): void
    {
        foreach ($this->lines as $place => $line) {
            fseek($this->file, $place);
            if (fwrite($this->file, $line) !== strlen($line)) {
                throw new RuntimeException('cannot write');
            }
        }
        if (!fdatasync($this->file)) {
            throw new RuntimeException('cannot sync');
        }
    }
}

function tellDay(array $line): void
{
    $folder = getenv('BENCH_STATE') . '/days/' . substr($line['at'], 0, 10);
    $path = "$folder/" . gethostname() . '.jsonl';
    $text = "\n" . encode($line);
    if (@file_put_contents($path, $text, FILE_APPEND) === false) {
        @mkdir($folder, 0700, true);
        file_put_contents($path, $text, FILE_APPEND);
    }
}
