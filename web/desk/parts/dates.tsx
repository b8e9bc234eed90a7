// A day, or a moment: typed part by part, or picked from a month. The same on every machine and in the desk's own language.
import { type CalendarDate, type CalendarDateTime, parseDate, parseDateTime } from '@internationalized/date';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
  Popover,
  Text,
} from 'react-aria-components';
import { Icon } from './icon';

interface DateProps {
  label: string;
  hint?: string;
  /** 'YYYY-MM-DD', of a moment 'YYYY-MM-DDTHH:MM' by the clock it is meant by; nothing when it is open. */
  value: string;
  choose(value: string): void;
  isDisabled?: boolean;
}

export function DayField({ value, choose, ...rest }: DateProps) {
  return <Picker {...rest} value={read(value, parseDate)} change={(day) => choose(day?.toString().slice(0, 10) ?? '')} />;
}

/** `from`: what lies before is said to be wrong. */
export function MomentField({ value, choose, from, ...rest }: DateProps & { from?: string }) {
  return (
    <Picker
      {...rest}
      isMoment
      value={read(value, parseDateTime)}
      from={from === undefined ? undefined : (read(from, parseDateTime) ?? undefined)}
      change={(moment) => choose(moment?.toString().slice(0, 16) ?? '')}
    />
  );
}

type Day = CalendarDate | CalendarDateTime;

/** What stands in a file by hand may be no day. */
function read<T>(value: string, parse: (value: string) => T): T | null {
  try {
    return value ? parse(value) : null;
  } catch {
    return null;
  }
}

interface PickerProps extends Pick<DateProps, 'label' | 'hint' | 'isDisabled'> {
  value: Day | null;
  from?: Day;
  isMoment?: boolean;
  change(value: Day | null): void;
}

function Picker({ label, hint, value, from, isMoment = false, change, isDisabled }: PickerProps) {
  return (
    <DatePicker
      className="field"
      value={value}
      onChange={change}
      minValue={from}
      granularity={isMoment ? 'minute' : 'day'}
      shouldForceLeadingZeros
      isDisabled={isDisabled}
    >
      <Label className="field-label">{label}</Label>
      <Group className="date-box">
        <DateInput className="date-input">{(segment) => <DateSegment className="date-part" segment={segment} />}</DateInput>
        <Button className="icon-button">
          <Icon name="calendar" />
        </Button>
      </Group>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Popover className="popover month-list" placement="bottom start">
        <Dialog className="month">
          <Calendar>
            <header>
              <Button slot="previous" className="icon-button">
                <Icon name="back" />
              </Button>
              <Heading className="month-name" />
              <Button slot="next" className="icon-button">
                <Icon name="next" />
              </Button>
            </header>
            <CalendarGrid weekdayStyle="short">
              <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
              <CalendarGridBody>{(date) => <CalendarCell className="month-day" date={date} />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
