// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_collector.h"

#include "core/wire/changes.h"
#include "widgets/figure/figure_check.h"
#include "widgets/figure/figure_starts.h"
#include "widgets/figure/figure_words.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/viewmodel/method_text.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

// The bytes of a picture. One that is no file (pasted, a frame of a film) is taken from what the window shows.
std::optional<QByteArray> pictureBytes(const QString& path, const InspectionModel* shown)
{
    constexpr qint64 kLargest = 256LL << 20;
    QFile file(path);
    const bool isShown = shown != nullptr && shownPicture(*shown) == path;
    const bool frame = isShown && shown->input().frame >= 0;
    const bool plain = path.startsWith(QLatin1Char(':')) || QFileInfo(path).isFile(); // a device would hang the window
    if (!frame && plain && file.open(QIODevice::ReadOnly) && file.size() <= kLargest) return file.readAll();
    if (!isShown) return std::nullopt;
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!shown->run().original.save(&buffer, "PNG")) return std::nullopt;
    return png;
}

RunRequest requestFor(const FigureContent& content, const FigureInput& input)
{
    RunRequest request;
    request.fit = content.run.fit;
    request.maskRatio = content.run.maskRatio;
    request.maskSeed = content.run.maskSeed;
    request.switches = content.run.switches;
    for (const auto& [layer, head] : content.run.ablated) request.text.ablated.push_back({layer, head});
    for (const QString& line : content.run.changes) request.changes.push_back(changeFrom(line.toStdString()));
    request.text.text = input.text;
    request.text.pair = input.pair;
    request.text.written = input.written;
    request.text.chat = input.chat;
    request.text.system = input.system;
    request.text.candidates = input.candidates;
    request.text.decoderInputIds = input.decoderIds;
    return request;
}

void noteSource(std::vector<FigureSource>& sources, const QString& name, const std::string& sha256)
{
    const FigureSource source{name, QString::fromStdString(sha256)};
    if (std::ranges::find(sources, source) == sources.end()) sources.push_back(source);
}

// Layers or heads that are not there make no panels; names leave theirs empty.
QString wrongNumbers(const FigureData& data)
{
    for (const FigureProblem& problem : data.problems) {
        const FigureLines& lines = problem.field == FigureField::Rows ? data.content.rows : data.content.columns;
        const bool ofLines = problem.field == FigureField::Rows || problem.field == FigureField::Columns;
        if (ofLines && !lines.numbers.isEmpty()) return problem.sentence;
    }
    return {};
}

} // namespace

FigureCollector::FigureCollector(QStringList engine, InspectionModel* shown, QObject* parent)
    : QObject(parent), m_command(std::move(engine)), m_shown(shown)
{
}

FigureCollector::~FigureCollector() = default;

void FigureCollector::setBusy(bool busy)
{
    if (std::exchange(m_busy, busy) != busy) Q_EMIT busyChanged(busy);
}

void FigureCollector::cancel()
{
    ++m_turn; // what is still answered is not heard
    if (m_busy && m_asked != 0) link()->cancel(m_asked);
    m_asked = 0;
    setBusy(false);
}

void FigureCollector::fail(const QString& sentence)
{
    ++m_turn;
    setBusy(false);
    Q_EMIT failed(sentence);
}

bool FigureCollector::isShown(const FigureContent& content) const
{
    if (m_shown == nullptr || !m_shown->canAsk()) return false;
    const FigureContent there = shownContent(*m_shown);
    const bool many = content.rows.what == FigureAxis::Models || content.columns.what == FigureAxis::Models;
    return !many && content.model == there.model && content.inputs == there.inputs && content.run == there.run;
}

EngineLink* FigureCollector::link()
{
    if (m_usesShown) return m_shown->link();
    if (m_engine == nullptr) {
        m_engine = std::make_unique<EngineClient>(m_command);
        m_own = new EngineLink(m_engine.get(), this);
        connect(m_own, &EngineLink::died, this, [this] { m_openModel.clear(); });
        m_engine->start();
    }
    return m_own;
}

void FigureCollector::start(const FigureContent& content)
{
    cancel();
    m_data = {};
    m_data.content = content;
    m_usesShown = isShown(content);
    m_planned = false;
    m_filled = 0;
    setBusy(true);
    begin();
}

// The first model and its first run tell how many layers and heads there are.
void FigureCollector::begin()
{
    if (m_usesShown)
        return enter({m_shown->model(), m_shown->run(), photographOf(m_shown->run(), m_data.content.asSeen)});
    m_runs = {{figureCell(m_data.content, 0, 0).model, 0, {}}};
    openModel();
}

void FigureCollector::send(const char* verb, const Json& body, std::vector<TensorBytes> tensors,
                           std::function<void(const Message&)> then)
{
    const auto heard = [this, turn = m_turn, then = std::move(then)](const Message& answer) {
        if (turn != m_turn) return;
        m_asked = 0;
        if (answer.status == Status::Cancelled) return fail(tr("The engine stopped. Try again."));
        then(answer);
    };
    m_asked = link()->ask(verb, body,
                          [guard = QPointer(this), heard](const Message& answer) {
                              if (guard && answer.status != Status::Progress) heard(answer);
                          },
                          {.quiet = true, .tensors = std::move(tensors)});
}

void FigureCollector::openModel()
{
    const QString path = m_runs.first().model;
    if (path == m_openModel) return runInput();
    m_openModel.clear();
    verbs::OpenModel wish;
    wish.path = path.toStdString();
    if (m_shown != nullptr) wish.set = m_shown->loader()->settings();
    send(verbs::kOpenModel.verb, wish, {}, [this, path](const Message& answer) {
        if (answer.status == Status::Failed) return fail(errorText(verbs::read<verbs::Failure>(answer.body)));
        m_stage.model = verbs::read<verbs::ModelInfo>(answer.body);
        m_openModel = path;
        runInput();
    });
}

void FigureCollector::runInput()
{
    const FigureInput input = m_data.content.inputs.value(m_runs.first().input);
    std::vector<TensorBytes> tensors;
    if (m_stage.model.takesPictures && !input.picture.isEmpty()) {
        const std::optional<QByteArray> bytes = pictureBytes(input.picture, m_shown);
        if (!bytes) return fail(tr("%1 could not be read. Choose another picture.").arg(input.picture));
        tensors.push_back(imageTensor(*bytes));
    }
    const verbs::SetInput wish = requestFor(m_data.content, input).forModel(m_stage.model, input.picture, true);
    send(verbs::kSetInput.verb, wish, std::move(tensors), [this](const Message& answer) {
        if (answer.status == Status::Failed) return fail(errorText(verbs::read<verbs::Failure>(answer.body)));
        FigureStage stage{m_stage.model, {}, {}};
        try {
            stage.run = ShownRun::from(stage.model, verbs::unpack<verbs::InputAnswer>(answer));
        } catch (const Error& error) {
            return fail(QString::fromUtf8(error.what()));
        }
        stage.picture = photographOf(stage.run, m_data.content.asSeen);
        enter(std::move(stage));
    });
}

void FigureCollector::enter(FigureStage stage)
{
    m_stage = std::move(stage);
    if (!m_planned) planRuns();
    if (!m_planned) return; // it was refused
    noteSource(m_data.models, QString::fromStdString(m_stage.model.name), m_stage.model.sha256);
    noteSource(m_data.inputs, figureInputName(m_data.content.inputs.value(m_runs.first().input)),
               m_stage.run.input.sha256);
    nameLines(m_stage);
    addPictures();
    planQuestions();
    askNext();
}

void FigureCollector::planRuns()
{
    FigureContent& content = m_data.content;
    content.rows = resolved(content.rows, m_stage);
    content.columns = resolved(content.columns, m_stage);
    m_data.problems = problemsOf(content, m_stage);
    const quint64 turn = m_turn;
    Q_EMIT checked(m_data.problems);
    if (turn != m_turn) return; // given up by who heard of it
    if (const QString why = wrongNumbers(m_data); !why.isEmpty()) return fail(why);
    content.pictureFirst = content.pictureFirst && m_stage.run.hasPicture();
    m_data.rows = figureLineCount(content, content.rows);
    m_data.columns = figureLineCount(content, content.columns) + figureLeads(content);
    const int panels = m_data.rows * m_data.columns;
    if (panels < 1 || panels > figure_limits::kMostPanels)
        return fail(
            tr("A figure of %1 x %2 panels cannot be made. Choose fewer.").arg(m_data.rows).arg(m_data.columns));
    m_data.panels.assign(std::size_t(panels), {});
    m_runs.clear();
    for (int index = 0; index < panels; ++index) {
        const FigureCell cell = figureCell(content, index / m_data.columns, index % m_data.columns);
        const auto same = [&cell](const Run& run) { return run.model == cell.model && run.input == cell.input; };
        const auto hit = std::ranges::find_if(m_runs, same);
        (hit != m_runs.end() ? *hit : m_runs.emplaceBack(Run{cell.model, cell.input, {}})).cells << index;
    }
    // One model after the other; the first one, which is open, stays the first.
    std::ranges::stable_sort(m_runs, {}, [first = m_runs.first().model, &content](const Run& run) {
        return run.model == first
                   ? -1
                   : int(std::max(content.rows.names.indexOf(run.model), content.columns.names.indexOf(run.model)));
    });
    m_planned = true;
}

FigureSubject FigureCollector::subjectOf(int cell) const
{
    return resolved(figureCell(m_data.content, cell / m_data.columns, cell % m_data.columns).subject, m_stage);
}

// Cells with the same question share its answer: the rows of a query are those of every layer and head.
void FigureCollector::planQuestions()
{
    m_questions.clear();
    std::map<std::string, qsizetype> known;
    for (const int cell : m_runs.first().cells) {
        if (isPicture(cell)) continue;
        const FigureSubject subject = subjectOf(cell);
        const std::optional<int> token = queryToken(subject, m_stage);
        const bool row = subject.map == QLatin1String("row");
        const std::string key = !token ? subject.query.toStdString() // there is none to ask about
                                : row  ? Json(rowsQuestion(subject, m_stage, *token)).dump()
                                       : Json(mapQuestion(subject, m_stage, *token)).dump();
        const auto [hit, isNew] = known.try_emplace(key, m_questions.size());
        if (isNew) m_questions << Question{subject, {}};
        m_questions[hit->second].cells << cell;
    }
}

bool FigureCollector::isPicture(int cell) const
{
    return figureCell(m_data.content, cell / m_data.columns, cell % m_data.columns).isPicture;
}

void FigureCollector::addPictures()
{
    for (const int cell : m_runs.first().cells) {
        if (!isPicture(cell)) continue;
        m_data.panels[std::size_t(cell)] = emptyPanel(m_stage, {});
        ++m_filled;
    }
}

void FigureCollector::askNext()
{
    if (m_questions.isEmpty()) return endRun();
    const Question question = m_questions.takeFirst();
    const std::optional<int> token = queryToken(question.subject, m_stage);
    const bool row = question.subject.map == QLatin1String("row");
    const verbs::MethodInfo* method = methodOf(m_stage, question.subject.map);
    const QString why = !token              ? tr("no token %1").arg(question.subject.query)
                        : row               ? QString()
                        : method == nullptr ? tr("no method %1").arg(question.subject.map)
                                            : methodText(method->refusal);
    if (!why.isEmpty()) return fill(question, [this, why](const FigureSubject&) { return emptyPanel(m_stage, why); });
    row ? askRows(question, *token) : askMap(question, *token);
}

void FigureCollector::askRows(const Question& question, int token)
{
    send(verbs::kRows.verb, rowsQuestion(question.subject, m_stage, token), {},
         [this, question](const Message& answer) {
             if (answer.status == Status::Failed) return fail(errorText(verbs::read<verbs::Failure>(answer.body)));
             try {
                 const auto rows = verbs::unpack<verbs::RowsOfLayers>(answer);
                 fill(question, [&](const FigureSubject& subject) { return panelOf(subject, m_stage, rows); });
             } catch (const Error& error) {
                 fail(QString::fromUtf8(error.what()));
             }
         });
}

// A method that fails leaves its panel empty and says why there: the others are worth seeing.
void FigureCollector::askMap(const Question& question, int token)
{
    send(verbs::kMap.verb, mapQuestion(question.subject, m_stage, token), {}, [this, question](const Message& answer) {
        const auto make = [&](const FigureSubject& subject) {
            if (answer.status == Status::Failed)
                return emptyPanel(m_stage, errorText(verbs::read<verbs::Failure>(answer.body)));
            try {
                return panelOf(subject, m_stage, verbs::unpack<verbs::TokenMap>(answer));
            } catch (const Error& error) {
                return emptyPanel(m_stage, QString::fromUtf8(error.what()));
            }
        };
        fill(question, make);
    });
}

void FigureCollector::fill(const Question& question, const std::function<FigurePanel(const FigureSubject&)>& make)
{
    for (const int cell : question.cells) m_data.panels[std::size_t(cell)] = make(subjectOf(cell));
    m_filled += int(question.cells.size());
    const quint64 turn = m_turn;
    Q_EMIT progress(m_filled, int(m_data.panels.size()));
    if (turn == m_turn) askNext(); // else it was cancelled by who heard of it
}

void FigureCollector::endRun()
{
    m_runs.removeFirst();
    if (!m_runs.isEmpty()) return openModel();
    ++m_turn;
    setBusy(false);
    Q_EMIT finished(m_data);
}

void FigureCollector::nameLines(const FigureStage& stage)
{
    const QList<int>& cells = m_runs.first().cells;
    const int leads = figureLeads(m_data.content);
    const auto hit = std::ranges::find_if(cells, [&](int cell) { return cell % m_data.columns >= leads; });
    const int first = hit != cells.end() ? *hit : cells.first();
    if (m_data.rowNames.isEmpty()) m_data.rowNames = figureLineNames(m_data.content, m_data.content.rows, stage);
    if (m_data.columnNames.isEmpty()) m_data.columnNames = figureColumnNames(m_data.content, stage);
    const auto name = [&](const FigureLines& lines, int line, QStringList& names) {
        if (lines.what == FigureAxis::Models && line < names.size())
            names[line] = QString::fromStdString(stage.model.name);
    };
    name(m_data.content.rows, first / m_data.columns, m_data.rowNames);
    name(m_data.content.columns, first % m_data.columns, m_data.columnNames);
    if (!m_data.query.isEmpty()) return;
    const FigureSubject subject = subjectOf(first);
    m_data.query = queryName(subject, stage);
    m_data.map = figureMapName(subject.map, stage);
    if (m_data.content.subject.layer < 0) m_data.content.subject.layer = subject.layer;
}

} // namespace headlens
