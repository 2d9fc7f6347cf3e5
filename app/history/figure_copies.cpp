// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/figure_copies.h"

#include "app/figure_export.h"
#include "app/history/cli_call.h"
#include "core/base/resources.h"
#include "core/wire/changes.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/workbench.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>

#include <algorithm>

namespace headlens {
namespace {

// Of the run that is held: its picture as a file; empty: it lies in none.
QString heldFile(const InspectionModel& model)
{
    const QString name = QString::fromStdString(model.comparison()->baseline().name);
    const QString own = QString::fromStdString(resourceFolder()) + QStringLiteral("/images/") + name;
    for (const QString& path : {name, own})
        if (QFileInfo(path).isAbsolute() && QFileInfo(path).isFile()) return path;
    return {};
}

bool patches(const WorkState& state)
{
    return std::ranges::any_of(state.input.request.changes, takesHeld);
}

// A picture that comes with HeadLens and was opened from within it lies in a file all the same.
QString fileOf(const InputState& input)
{
    if (input.bytes.isEmpty()) return input.picture;
    QFile own(QString::fromStdString(resourceFolder()) + QStringLiteral("/images/") + input.picture);
    const bool same = own.open(QIODevice::ReadOnly) && own.readAll() == input.bytes;
    return same ? own.fileName() : QString();
}

} // namespace

QImage pictureOf(Canvas* canvas, double scale)
{
    QImage image(canvas->size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    canvas->render(&image);
    return image;
}

FigureCopies::FigureCopies(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts) {}

FigureCopies::~FigureCopies() = default;

void FigureCopies::copyFigure()
{
    const InspectionModel* model = m_parts.bench->model();
    if (!model->hasInput())
        return m_parts.messages->say(MessageBar::Kind::Warning,
                                     tr("There is no figure yet: open a picture or a text."));
    const QImage image = pictureOf(m_parts.canvas);
    putIntoClipboard(image, {});
    m_parts.messages->say(MessageBar::Kind::Info, tr("The figure is in the clipboard."));
    const QString what = m_parts.figures->shownKind();
    if (!m_parts.figures->formatsOf(what).contains(QLatin1String("svg"))) return;
    verbs::Export asked = m_parts.figures->request();
    asked.what = what.toStdString();
    asked.format = "svg";
    const auto take = [this, image, copy = ++m_copies](const verbs::ExportedFile& found) {
        const QMimeData* there = QApplication::clipboard()->mimeData();
        if (copy != m_copies || there == nullptr || !there->hasImage()) return; // something else was copied meanwhile
        putIntoClipboard(image,
                         QByteArray(reinterpret_cast<const char*>(found.bytes.data()), qsizetype(found.bytes.size())));
    };
    headlens::ask(m_parts.bench->model(), verbs::kExport, asked, this, take, {.tag = QString(), .quiet = true});
}

void FigureCopies::putIntoClipboard(const QImage& image, const QByteArray& svg)
{
    auto* mime = new QMimeData;
    mime->setImageData(image);
    if (!svg.isEmpty()) mime->setData(QStringLiteral("image/svg+xml"), svg);
    QApplication::clipboard()->setMimeData(mime);
}

// "cat-map.png": of the picture, else of the model.
QString FigureCopies::fileName() const
{
    const WorkState state = m_parts.bench->state();
    const QString of =
        QFileInfo(state.input.picture.isEmpty() ? state.model.path : state.input.picture).completeBaseName();
    return QStringLiteral("%1-%2.png").arg(of, m_parts.figures->shownKind());
}

QMimeData* FigureCopies::dragged()
{
    auto* mime = new QMimeData;
    const QImage image = pictureOf(m_parts.canvas);
    mime->setImageData(image);
    if (!m_folder) m_folder = std::make_unique<QTemporaryDir>();
    const QString path = m_folder->filePath(fileName());
    if (m_folder->isValid() && image.save(path)) mime->setUrls({QUrl::fromLocalFile(path)});
    return mime;
}

QString FigureCopies::refusal() const
{
    const WorkState state = m_parts.bench->state();
    if (!m_parts.bench->model()->hasInput()) return tr("There is no figure yet: open a picture or a text.");
    if (!state.input.film.isEmpty())
        return tr("This is a frame of a film. Open a picture, or export the film from the menu Film.");
    if (!state.input.bytes.isEmpty() && fileOf(state.input).isEmpty())
        return tr("This picture lies in no file that a command could name. Save it and open the file first.");
    const InspectionModel& model = *m_parts.bench->model();
    if (patches(state) && model.model().takesPictures && heldFile(model).isEmpty())
        return tr("The baseline lies in no file that a command could name. Open it from a file and hold it again.");
    if (!state.input.request.text.decoderInputIds.empty() && state.input.request.text.written.isEmpty())
        return tr("What the model wrote cannot be said on a command line.");
    return {};
}

QString FigureCopies::command() const
{
    if (const QString why = refusal(); !why.isEmpty()) {
        m_parts.messages->say(MessageBar::Kind::Warning, why);
        return {};
    }
    const InspectionModel* model = m_parts.bench->model();
    WorkState state = m_parts.bench->state();
    state.input.picture = fileOf(state.input);
    CliFigure figure;
    figure.look = m_parts.figures->request();
    const QString shown = m_parts.figures->shownKind();
    const QString what = m_parts.figures->formatsOf(shown).isEmpty() ? QStringLiteral("row") : shown; // of a text
    figure.look.what = what.toStdString();
    figure.look.format = m_parts.figures->formatsOf(what).value(0).toStdString();
    figure.precision = QString::fromStdString(model->model().precision);
    const verbs::MethodInfo* method = model->map()->method(what);
    figure.over = method == nullptr ? QStringLiteral("head") : QString::fromStdString(method->over);
    figure.reads = model->model().text.reads;
    const verbs::InputInfo& held = model->comparison()->baseline();
    if (model->model().takesPictures) figure.baselineImage = heldFile(*model);
    if (figure.reads && !held.streams.empty()) figure.baselineText = QString::fromStdString(held.streams.front().text);
    return shellLine(cliArguments(state, figure));
}

void FigureCopies::copyCommand()
{
    const QString line = command();
    if (line.isEmpty()) return;
    QApplication::clipboard()->setText(line);
    m_parts.messages->say(MessageBar::Kind::Info, tr("Copied: %1").arg(line));
}

} // namespace headlens
